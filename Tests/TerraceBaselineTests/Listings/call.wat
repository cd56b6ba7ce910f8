;; A call: arguments go to the registers of the convention all at once, here exchanged through r11; what lives on is stored
;; before. The callee is reached through its entry cell, so that it can move to a better tier.
(module
  (func $g (param i32 i32) (result i32) local.get 1)
  (func (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call $g
    local.get 0
    i32.add))

;; Code
;; function 0 $g
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 e8 ff ff ff         lea r11, [rsp - 24]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 0d 00 00 00               jb 0x24
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  89 7d f0                        mov dword ptr [rbp - 16], edi
;;     | 001d  48 89 f3                        mov rbx, rsi
;;   local.get 1
;;   end
;;     | 0020  89 d8                           mov eax, ebx
;;     | 0022  c9                              leave
;;     | 0023  c3                              ret
;;   behind the function
;;     | 0024  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 23 00 00 00               jb 0x3a
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 1
;;   local.get 0
;;   call 0
;;     | 0020  89 5d f0                        mov dword ptr [rbp - 16], ebx
;;     | 0023  44 89 65 e8                     mov dword ptr [rbp - 24], r12d
;;     | 0027  48 89 de                        mov rsi, rbx
;;     | 002a  4c 89 e7                        mov rdi, r12
;;     | 002d  ff 15 00 00 00 00               call qword ptr [rip]
;;   local.get 0
;;   i32.add
;;     | 0033  8b 5d f0                        mov ebx, dword ptr [rbp - 16]
;;     | 0036  01 d8                           add eax, ebx
;;   end
;;     | 0038  c9                              leave
;;     | 0039  c3                              ret
;;   behind the function
;;     | 003a  0f 0b                           ud2
