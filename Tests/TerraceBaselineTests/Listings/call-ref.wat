;; call_ref needs no check of the type; a null reference faults at the load of its instance.
(module
  (type $t (func (param i32) (result i32)))
  (func (param i32 (ref null $t)) (result i32)
    local.get 0
    local.get 1
    call_ref $t))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2a 00 00 00               jb 0x41
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 0
;;   local.get 1
;;   call_ref 0
;;     | 0020  4c 89 e0                        mov rax, r12
;;     | 0023  89 5d f0                        mov dword ptr [rbp - 16], ebx
;;     | 0026  48 89 df                        mov rdi, rbx
;;     | 0029  4c 8b 70 08                     mov r14, qword ptr [rax + 8]
;;     | 002d  4c 8b 18                        mov r11, qword ptr [rax]
;;     | 0030  4d 8b 7e 10                     mov r15, qword ptr [r14 + 16]
;;     | 0034  41 ff 13                        call qword ptr [r11]
;;     | 0037  4c 8b 75 f8                     mov r14, qword ptr [rbp - 8]
;;     | 003b  4d 8b 7e 10                     mov r15, qword ptr [r14 + 16]
;;   end
;;     | 003f  c9                              leave
;;     | 0040  c3                              ret
;;   behind the function
;;     | 0041  0f 0b                           ud2
