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
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 2b 00 00 00               jb +0x42
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   call_ref 0
;;     | 0020  4c 89 c8                        mov rax, r9
;;     | 0023  44 89 55 d8                     mov [rbp - 40], r10d
;;     | 0027  4c 89 d7                        mov rdi, r10
;;     | 002a  4c 8b 70 08                     mov r14, [rax + 8]
;;     | 002e  4c 8b 18                        mov r11, [rax]
;;     | 0031  4d 8b 7e 10                     mov r15, [r14 + 16]
;;     | 0035  41 ff 13                        call [r11]
;;     | 0038  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 003c  4d 8b 7e 10                     mov r15, [r14 + 16]
;;   end
;;     | 0040  c9                              leave
;;     | 0041  c3                              ret
;;   behind the function
;;     | 0042  0f 0b                           ud2
