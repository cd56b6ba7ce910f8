;; call_indirect: bounds, then the callee's type, then as through any function reference. A null element faults at its type.
(module
  (type $t (func (param i32) (result i32)))
  (table 4 funcref)
  (func (param i32 i32) (result i32)
    local.get 1
    local.get 0
    call_indirect (type $t)))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 4d 00 00 00               jb +0x64
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 1
;;   local.get 0
;;   call_indirect 0 0
;;     | 0020  44 89 d0                        mov eax, r10d
;;     | 0023  44 89 4d d0                     mov [rbp - 48], r9d
;;     | 0027  4d 8b 5e 40                     mov r11, [r14 + 64]
;;     | 002b  49 3b 43 08                     cmp rax, [r11 + 8]
;;     | 002f  0f 83 31 00 00 00               jae +0x66
;;     | 0035  4d 8b 1b                        mov r11, [r11]
;;     | 0038  49 8b 04 c3                     mov rax, [r11 + rax*8]
;;     | 003c  81 78 10 00 00 00 00            cmp dword ptr [rax + 16], 0
;;     | 0043  0f 85 1f 00 00 00               jne +0x68
;;     | 0049  4c 89 cf                        mov rdi, r9
;;     | 004c  4c 8b 70 08                     mov r14, [rax + 8]
;;     | 0050  4c 8b 18                        mov r11, [rax]
;;     | 0053  4d 8b 7e 10                     mov r15, [r14 + 16]
;;     | 0057  41 ff 13                        call [r11]
;;     | 005a  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 005e  4d 8b 7e 10                     mov r15, [r14 + 16]
;;   end
;;     | 0062  c9                              leave
;;     | 0063  c3                              ret
;;   behind the function
;;     | 0064  0f 0b                           ud2
;;     | 0066  0f 0b                           ud2
;;     | 0068  0f 0b                           ud2
